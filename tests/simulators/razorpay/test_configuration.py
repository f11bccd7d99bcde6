from pathlib import Path

import pytest

from simulators.razorpay.configuration import Configuration, ConfigurationError, read_configuration


def test_empty_environment_gives_the_defaults() -> None:
    assert read_configuration({}) == Configuration(
        database=Path("var/simulator/razorpay.sqlite3"),
        host="127.0.0.1",
        port=8001,
        control_port=None,
        key_id="rzp_test_haatsimulator",
        key_secret="haat-simulator-key-secret",
        webhook_secrets=("haat-simulator-webhook-secret",),
        webhook_urls=("http://127.0.0.1:8000/payments/webhook/",),
        retry_factor=1.0,
        capture="automatic",
        refund_seconds=0.0,
    )


def test_environment_is_read() -> None:
    environ = {
        "DATA_DIR": "/data",
        "SIMULATOR_HOST": "0.0.0.0",
        "SIMULATOR_PORT": "9000",
        "SIMULATOR_CONTROL_PORT": "9100",
        "RAZORPAY_KEY_ID": "rzp_test_a",
        "RAZORPAY_KEY_SECRET": "b",
        "RAZORPAY_WEBHOOK_SECRET": "new, old",
        "SIMULATOR_WEBHOOK_URLS": "http://a/,http://b/",
        "SIMULATOR_RETRY_FACTOR": "60",
        "SIMULATOR_CAPTURE": "manual",
        "SIMULATOR_REFUND_SECONDS": "2.5",
    }

    assert read_configuration(environ) == Configuration(
        database=Path("/data/simulator/razorpay.sqlite3"),
        host="0.0.0.0",
        port=9000,
        control_port=9100,
        key_id="rzp_test_a",
        key_secret="b",
        webhook_secrets=("new", "old"),
        webhook_urls=("http://a/", "http://b/"),
        retry_factor=60.0,
        capture="manual",
        refund_seconds=2.5,
    )


def test_empty_list_of_addresses_means_that_nobody_listens() -> None:
    assert read_configuration({"SIMULATOR_WEBHOOK_URLS": ""}).webhook_urls == ()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SIMULATOR_PORT", "http", "SIMULATOR_PORT must be a port between 0 and 65535, not 'http'."),
        ("SIMULATOR_PORT", "70000", "SIMULATOR_PORT must be a port between 0 and 65535, not '70000'."),
        (
            "SIMULATOR_CONTROL_PORT",
            "x",
            "SIMULATOR_CONTROL_PORT must be a port between 0 and 65535, not 'x'.",
        ),
        ("SIMULATOR_RETRY_FACTOR", "0", "SIMULATOR_RETRY_FACTOR must be greater than 0."),
        ("SIMULATOR_RETRY_FACTOR", "x", "SIMULATOR_RETRY_FACTOR must be a number of at least 0, not 'x'."),
        (
            "SIMULATOR_REFUND_SECONDS",
            "nan",
            "SIMULATOR_REFUND_SECONDS must be a number of at least 0, not 'nan'.",
        ),
        ("SIMULATOR_CAPTURE", "later", "SIMULATOR_CAPTURE must be automatic or manual, not 'later'."),
    ],
)
def test_nonsense_is_named(name: str, value: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration({name: value})

    assert str(caught.value) == sentence
