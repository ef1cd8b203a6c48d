"""What no change may break unnoticed: every claim used and known, no typed-in number, words that respect people."""
