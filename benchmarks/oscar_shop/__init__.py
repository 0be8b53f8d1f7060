"""django-oscar with the same goods, to measure beside ours: its sandbox's arrangement, none of its templates changed."""
