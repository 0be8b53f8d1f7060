"""What has a picture, or one drawn for it where nobody took one."""

from stadtplatz.kit import media, renditions


class Pictured:
    """For models with `picture`, `picture_small` (paths) and `preview`: the addresses that templates ask for."""

    picture: str
    picture_small: str
    preview: str

    @property
    def drawing_url(self) -> str:
        """What stands there without a picture; nothing, unless the model knows a drawing."""
        return ""

    @property
    def picture_url(self) -> str:
        """The large picture, or the drawn one."""
        return media.public_url(self.picture) or self.drawing_url

    @property
    def card_picture_url(self) -> str:
        """The picture in the size of a card."""
        return media.public_url(self.picture_small) or self.picture_url

    @property
    def thumb_url(self) -> str:
        """The picture in the size of a stamp."""
        return media.public_url(self.picture, width=320) or self.picture_url

    @property
    def picture_srcset(self) -> str:
        """The picture in every width, for a browser to choose from; empty for a drawn one."""
        return renditions.srcset(self.picture)

    @property
    def preview_url(self) -> str:
        """What is shown while the picture is on its way; empty for a drawn one."""
        return renditions.preview_url(self.preview)
