"""From seeds to a release: reason, check, describe, write."""
