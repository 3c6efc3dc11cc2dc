"""Score every stage on gold files and hold the floors that CI refuses to go below."""
