"""The shop's name and look on invoices, credit notes and mails, from its settings."""

import logging

from checkout.printing.look import Look
from pages.models import ShopSettings

logger = logging.getLogger(__name__)


def describe_look() -> Look:
    """Name, colour and logo. A logo whose file cannot be read is left out: no document waits for it."""
    shop = ShopSettings.load()
    return Look(name=shop.name, accent=shop.accent, logo=read_logo(shop))


def name_shop() -> str:
    """For the words of mails."""
    return ShopSettings.load().name


def read_logo(shop: ShopSettings) -> bytes:
    if shop.logo is None:
        return b""
    try:
        with shop.logo.file.open("rb") as file:
            return file.read()
    except OSError as error:
        logger.warning("The shop's logo cannot be read: %s", error)
        return b""
