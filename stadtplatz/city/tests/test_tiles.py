"""The map file is read in parts."""

import pytest

from stadtplatz.kit import identity

pytestmark = pytest.mark.django_db
BYTES = bytes(range(256)) * 4


@pytest.fixture
def address(tmp_path):
    (tmp_path / "city.yaml").write_text("slug: probe")
    (tmp_path / "map.pmtiles").write_bytes(BYTES)
    (tmp_path.parent / "secret.txt").write_text("secret")
    identity.set_identity({"slug": "probe", "name": "Probe", "map": {"tiles": "map.pmtiles", "folder": str(tmp_path)}})
    return "/karten/probe.pmtiles"


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_whole_file_says_that_parts_may_be_asked_for(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Accept-Ranges"], answer["Content-Length"]) == (200, "bytes", "1024")
    assert "max-age" in answer["Cache-Control"]
    assert content(answer) == BYTES


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=1000-", 1000, 1023),
        ("bytes=-4", 1020, 1023),
        ("bytes=1000-5000", 1000, 1023),
        ("bytes=-5000", 0, 1023),
    ],
)
def test_a_part_is_answered_with_206(client, address, wanted, first, last):
    answer = client.get(address, headers={"Range": wanted})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/1024"
    assert int(answer["Content-Length"]) == last - first + 1
    assert content(answer) == BYTES[first : last + 1]


@pytest.mark.parametrize("wanted", ["bytes=1024-", "bytes=5000-6000", "bytes=-0", "bytes=20-10"])
def test_a_part_that_is_not_there_is_refused_with_the_size(client, address, wanted):
    answer = client.get(address, headers={"Range": wanted})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize("wanted", ["bytes=0-1,4-5", "items=0-1", "bytes=-", "nonsense"])
def test_what_is_not_understood_gets_the_whole_file(client, address, wanted):
    answer = client.get(address, headers={"Range": wanted})
    assert answer.status_code == 200
    assert content(answer) == BYTES


def test_head_tells_the_size_without_the_file(client, address):
    answer = client.head(address)
    assert (answer.status_code, answer["Content-Length"]) == (200, "1024")


def test_an_unchanged_file_is_not_sent_again(client, address):
    tag = client.head(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_part_of_an_older_file_gets_the_whole_new_one(client, address):
    answer = client.get(address, headers={"Range": "bytes=0-9", "If-Range": '"older"'})
    assert answer.status_code == 200


def test_only_the_loaded_town_has_a_map_and_no_other_file_is_given_out(client, address, tmp_path):
    assert client.get("/karten/other.pmtiles").status_code == 404
    folder = {"slug": "probe", "name": "Probe", "map": {"tiles": "../secret.txt", "folder": str(tmp_path)}}
    identity.set_identity(folder)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 405
