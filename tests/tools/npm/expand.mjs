// Prints what jsonld.js makes of a JSON-LD document on the web: N-Quads and the expanded form, as one JSON object.
// node expand.mjs <address> <base of IRIs> <address of the server that answers for them>
import jsonld from 'jsonld';

const [address, base, server] = process.argv.slice(2);
const load = jsonld.documentLoaders.node();
const loaded = [];

async function documentLoader(url) {
  loaded.push(url);
  if (!url.startsWith(base) && !url.startsWith(server)) {
    throw new Error(`asked for ${url}, which is not ours`);
  }
  const answer = await load(url.replace(base, server));
  return { ...answer, documentUrl: url };
}

const options = { documentLoader, safe: true };
const { document } = await documentLoader(address);
const parsed = typeof document === 'string' ? JSON.parse(document) : document;
const expanded = await jsonld.expand(parsed, options);
const nquads = await jsonld.toRDF(parsed, { ...options, format: 'application/n-quads' });
console.log(JSON.stringify({ loaded, expanded, nquads }));
