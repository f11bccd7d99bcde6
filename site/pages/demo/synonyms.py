"""Words that mean the same to shoppers of the demo shop."""

from typing import TYPE_CHECKING

from database.transactions import entry_service
from shop.models import Synonym

if TYPE_CHECKING:
    from pages.demo.seeding import Plan

SYNONYMS = (
    "sari, saree",
    "sofa, couch, settee",
    "television, TV, telly",
    "smartphone, phone, mobile, cellphone",
    "laptop, notebook computer",
    "computer, desktop, PC",
    "torch, flashlight",
    "rucksack, backpack, day pack",
    "trolley, suitcase, luggage",
    "glasses, spectacles, eyeglasses, specs",
    "sunglasses, goggles, shades",
    "sneakers, trainers, running shoes",
    "chappal, sandal, slipper",
    "jeans, denims",
    "coat, jacket, overcoat",
    "stole, shawl, dupatta, scarf",
    "rubber boots, gumboots, wellingtons",
    "tawa, griddle",
    "pan, skillet",
    "kettle, teapot",
    "bedsheet, bed linen",
    "quilt, razai, blanket",
    "clock, timepiece",
    "bicycle, bike, cycle",
    "soft toy, teddy bear",
    "puzzle, jigsaw",
    "drum, dholak",
    "turmeric, haldi",
    "ginger, adrak",
    "garlic, lahsun",
    "chilli, chillies, chili, mirch",
    "pickle, achar",
    "biscuits, cookies",
    "honey, shahad",
    "peanut, groundnut",
    "basil, tulsi",
    "bulb, lamp, light",
    "battery, batteries, cells",
    "diary, journal",
    "paint, colours",
    "lotion, moisturiser",
)


@entry_service
def seed_synonyms(plan: "Plan") -> None:
    for words in SYNONYMS:
        Synonym.objects.get_or_create(words=words)
