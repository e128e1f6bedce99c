"""The local web server: the chat page and log-in."""
