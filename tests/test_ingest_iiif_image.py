"""Where the picture of an image service is, at about the size that is wanted."""

from support.manifests import HOST, IMAGE, Hosts, service3

from generator.ingest.sources.iiif_image import addresses


def image(service, client=None, width=1024, **resource):
    """Return the addresses of a picture whose service this is."""
    return addresses({"id": f"{IMAGE}/own.jpg", "type": "Image", "service": service} | resource, width, client)


def sizes(*given):
    return [{"width": width, "height": height} for width, height in given]


def test_level_2_fits_into_a_box_and_never_grows():
    assert image(service3(), width=500)[0] == f"{IMAGE}/full/!500,500/0/default.jpg"
    assert image([service3(width=300, height=200)])[0] == f"{IMAGE}/full/!300,300/0/default.jpg"
    assert image(service3(), width=500)[-1] == f"{IMAGE}/own.jpg"


def test_limits_of_width_height_and_area_are_kept():
    def first(**limits):
        return image(service3(profile="level1", width=4000, height=2000, **limits))[0].split("/")[-3]

    assert first() == "1024,"
    assert first(maxWidth=600) == "600,"
    assert first(maxWidth=2000, maxHeight=100) == "200,"
    assert first(maxArea=80_000) == "400,"


def test_level_0_gives_the_smallest_listed_size_that_is_large_enough_else_the_largest():
    listed = service3(profile="level0", sizes=sizes((2000, 1500), (500, 375), (1200, 900)))

    assert image(listed)[0] == f"{IMAGE}/full/1200,900/0/default.jpg"
    assert image(listed, width=5000)[0] == f"{IMAGE}/full/2000,1500/0/default.jpg"
    assert image({"@id": IMAGE, "profile": "http://iiif.io/api/image/2/level0.json", "sizes": sizes((500, 375))})[
        0
    ] == (f"{IMAGE}/full/500,/0/default.jpg")
    assert image(service3(profile="level0")) == (f"{IMAGE}/own.jpg",)


def test_info_json_is_asked_for_only_where_the_manifest_does_not_say_enough():
    info = {
        "id": IMAGE,
        "type": "ImageService3",
        "profile": "level0",
        "width": 400,
        "height": 300,
        "sizes": sizes((400, 300)),
    }
    hosts = Hosts({f"{IMAGE}/info.json": info})

    assert (
        image(service3(), hosts, width=100)[0].endswith("/!100,100/0/default.jpg") is False
    )  # its shape was not known
    assert image(service3(width=400, height=300), hosts, width=100)[0] == f"{IMAGE}/full/!100,100/0/default.jpg"
    assert hosts.asked == [f"{IMAGE}/info.json"]
    assert image(service3(profile="level0"), hosts)[0] == f"{IMAGE}/full/400,300/0/default.jpg"
    assert image({"@id": IMAGE}, Hosts({}))[0] == f"{IMAGE}/full/!1024,1024/0/default.jpg"  # no answer


def test_the_newest_image_service_is_taken_and_others_are_passed_over():
    auth = {"@id": f"{HOST}/login", "profile": "http://iiif.io/api/auth/1/login"}
    old = {"@id": f"{HOST}/old", "@context": "http://iiif.io/api/image/2/context.json", "profile": "level2"}
    oldest = {"@id": IMAGE, "profile": "http://library.stanford.edu/iiif/image-api/1.1/compliance.html#level2"}

    assert image([auth, old, service3()])[0].startswith(IMAGE)
    assert image([auth])[0] == f"{IMAGE}/own.jpg"
    assert image(oldest)[0] == f"{IMAGE}/full/!1024,1024/0/native.jpg"


def test_only_http_addresses_are_given():
    for bad in ("javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/a", "https://a b", '"https://x'):
        assert addresses({"id": bad, "service": service3(id=bad)}, 1024, None) == ()
