from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from shop.models import Collection, SearchedText, SearchWord, Synonym
from shop.tasks import index_missing_products, rebuild_search
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db(transaction=True)


def test_missed_products_are_indexed():
    make_item(title="Lamp")
    SearchWord.objects.all().delete()
    index_missing_products()
    assert SearchWord.objects.filter(word="lamp").exists()


def test_night_indexes_anew_and_forgets_old_searches():
    make_item(title="Lamp")
    Collection.objects.update(title="Textiles")
    long_ago = timezone.localdate() - timedelta(days=900)
    SearchedText.objects.create(day_on=long_ago, text="lamp", results=1)
    rebuild_search()
    assert SearchWord.objects.filter(word="textiles").exists()
    assert not SearchedText.objects.exists()


def test_command_says_how_many_products_it_indexed(capsys):
    make_item(title="Lamp")
    call_command("rebuild_search")
    assert capsys.readouterr().out == "1 products indexed.\n"


@pytest.mark.parametrize(("words", "is_good"), [("sofa, couch", True), ("sofa", False), ("sofa, ,", False)])
def test_synonym_names_two_words_at_least(words, is_good):
    synonym = Synonym(words=words)
    if is_good:
        synonym.clean()
    else:
        with pytest.raises(ValidationError, match="two words or more"):
            synonym.clean()
