"""The digital signatures of a PDF: who signed, when, and whether the signed bytes still stand.

Integrity only. Nothing is fetched and no chain of trust is built: the root of the government's
certificates does not ship with vnocr, so trust is never claimed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from vnocr.model import Signature
from vnocr.vietnamese.unicode import nfc

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation import EmbeddedPdfSignature

_MARK = b"/ByteRange"  # every signed PDF carries this key in the open


def read_signatures(path: Path) -> tuple[Signature, ...]:
    """Return the signatures of the PDF at `path`, oldest first, as far as they can be read.

    Empty for a file that is no PDF, is not signed or is too damaged; never raises on what
    the file holds. `intact` is None where the check itself was impossible. Raises OSError
    if the file cannot be read.
    """
    content = path.read_bytes()
    if _MARK not in content:
        return ()
    return tuple(_signatures(content))


def _signatures(content: bytes) -> Iterator[Signature]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    # Parsers of hostile or broken files fail in any way they like; a signature is a witness
    # more and must never cost the document.
    seen: set[bytes] = set()  # one signature may stand in several fields
    with suppress(Exception):
        for embedded in PdfFileReader(BytesIO(content), strict=False).embedded_regular_signatures:
            with suppress(Exception):
                container = bytes(embedded.pkcs7_content)
                if container not in seen:
                    seen.add(container)
                    yield _describe(embedded)


def _describe(embedded: EmbeddedPdfSignature) -> Signature:
    name, organization = _holder(embedded.signer_cert)
    time = embedded.self_reported_timestamp
    return Signature(
        signer=name,
        organization=organization,
        signed_at=time.isoformat() if time else None,
        intact=_is_intact(embedded),
    )


def _holder(certificate: Certificate) -> tuple[str | None, str | None]:
    """Return common name and organisation of the certificate's holder.

    A seal's certificate names the office as its common name and the office above it as its
    organisation.
    """
    subject = certificate.subject.native
    return _text(subject.get("common_name")), _text(subject.get("organization_name"))


def _text(value: object) -> str | None:
    if isinstance(value, list):  # several values of one attribute
        value = value[0] if value else None
    return nfc(str(value)).strip() or None if value is not None else None


def _is_intact(embedded: EmbeddedPdfSignature) -> bool | None:
    """Return whether digest and signature match the signed bytes, None if that is unknown."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    try:
        intact, valid = validate_sig_integrity(
            embedded.signer_info,
            embedded.signer_cert,
            expected_content_type="data",
            actual_digest=embedded.compute_digest(),
        )
    except Exception:  # noqa: BLE001  # any failure of the check means the same: unknown
        return None
    return bool(intact and valid)
