"""Style sheets and scripts with a fingerprint in their name."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Fingerprinted(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Serves a file under its plain name where no fingerprints were made (as in tests)."""

    manifest_strict = False
