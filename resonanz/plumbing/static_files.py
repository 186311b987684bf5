"""Style sheets and scripts with a fingerprint in their name."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class Fingerprinted(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Serves a file under its plain name where no fingerprint was made (one part run alone)."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The fingerprinted name, or the plain one."""
        known = self.hash_key(self.clean_name(name))
        return str(super().stored_name(name)) if known in self.hashed_files else name
