"""From damaged to correct Vietnamese: candidates, channel, language model, decoder."""
