from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from pikepdf import Pdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from vnocr.imaging.signatures import read_signatures

OFFICE, ABOVE = "Ủy ban nhân dân huyện Mẫu", "Tỉnh Mẫu"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> signers.SimpleSigner:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, OFFICE),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ABOVE),
    ])  # fmt: skip
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, SHA256())
    )
    bundle = tmp_path_factory.mktemp("key") / "key.p12"
    bundle.write_bytes(
        serialization.pkcs12.serialize_key_and_certificates(
            b"k", key, certificate, None, serialization.NoEncryption()
        )
    )
    loaded = signers.SimpleSigner.load_pkcs12(str(bundle))
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def signed(signer: signers.SimpleSigner) -> bytes:
    return sign(blank_pdf(), signer, "First")


def blank_pdf() -> bytes:
    pdf, buffer = Pdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.save(buffer)
    return buffer.getvalue()


def sign(content: bytes, signer: signers.SimpleSigner, field: str) -> bytes:
    metadata = signers.PdfSignatureMetadata(field_name=field)
    writer = IncrementalPdfFileWriter(BytesIO(content))
    result: BytesIO = signers.sign_pdf(writer, metadata, signer=signer)
    return result.getvalue()


def write(folder: Path, content: bytes) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return path


def test_names_the_office_the_one_above_and_the_time(tmp_path: Path, signed: bytes) -> None:
    (signature,) = read_signatures(write(tmp_path, signed))
    assert (signature.signer, signature.organization, signature.intact) == (OFFICE, ABOVE, True)
    assert signature.signed_at is not None
    age = datetime.now(UTC) - datetime.fromisoformat(signature.signed_at)
    assert abs(age) < timedelta(minutes=5)


def test_a_second_signature_leaves_the_first_intact(
    tmp_path: Path, signed: bytes, signer: signers.SimpleSigner
) -> None:
    both = read_signatures(write(tmp_path, sign(signed, signer, "Second")))
    assert [signature.intact for signature in both] == [True, True]


def test_changed_bytes_are_not_intact(tmp_path: Path, signed: bytes) -> None:
    tampered = signed.replace(b"/MediaBox", b"/MediaBax", 1)
    assert tampered != signed
    (signature,) = read_signatures(write(tmp_path, tampered))
    assert signature.intact is False


def test_an_unsigned_file_has_no_signatures(tmp_path: Path) -> None:
    assert read_signatures(write(tmp_path, blank_pdf())) == ()
    assert read_signatures(write(tmp_path, b"plain text")) == ()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.97])
def test_a_truncated_file_never_raises(tmp_path: Path, signed: bytes, share: float) -> None:
    for signature in read_signatures(write(tmp_path, signed[: int(len(signed) * share)])):
        assert signature.intact is not True


def test_rubbish_that_claims_to_be_signed_never_raises(tmp_path: Path) -> None:
    assert read_signatures(write(tmp_path, b"%PDF-1.4\n/ByteRange [0 1 2 3]\n%%EOF")) == ()
