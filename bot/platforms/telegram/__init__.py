"""Telegram: the only package that knows python-telegram-bot, for uploads; see `transport` for the rest."""

from bot.platforms.telegram.platform import TelegramPlatform

__all__ = ["TelegramPlatform"]
