"""The sections of config.toml that belong to a chat platform each; `bot.config` puts them together."""
