"""Make PDF and Word files that are broken, or meant to harm whoever opens them, for the tests."""

import io
import zipfile
import zlib
from collections.abc import Callable

import docx
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

TEXT = b"BT /F1 12 Tf 72 700 Td (Groen) Tj 0 -14 Td (Hoeveel bussen?) Tj 0 -40 Td (Twaalf.) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
MEGABYTE = 1 << 20


def raw_pdf(objects: dict[int, bytes]) -> bytes:
    """Return a PDF of these objects; number 1 is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    return bytes(out) + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        start,
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def one_page(content: bytes, resources: bytes = b"", **more: bytes) -> dict[int, bytes]:
    """Return the objects of a PDF of one page; 4 is its content, 5 its font."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> " + resources + b" >> >>",
        4: content,
        5: FONT,
    } | {int(name.removeprefix("object_")): body for name, body in more.items()}


def good_pdf() -> bytes:
    return raw_pdf(one_page(stream(TEXT)))


def squeezed(size: int) -> bytes:
    """`size` bytes of white space, deflated."""
    deflater, block = zlib.compressobj(1), b" " * MEGABYTE
    parts = [deflater.compress(block) for _ in range(size // MEGABYTE)]
    return b"".join(parts) + deflater.flush()


def scanned() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(10, 10, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def encrypted() -> bytes:
    writer, out = PdfWriter(PdfReader(io.BytesIO(good_pdf()))), io.BytesIO()
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def flate_bomb() -> bytes:
    return raw_pdf(one_page(stream(squeezed(128 * MEGABYTE), b"/Filter /FlateDecode")))


def nested_flate_bomb() -> bytes:
    twice = zlib.compress(squeezed(256 * MEGABYTE), 9)
    return raw_pdf(one_page(stream(twice, b"/Filter [/FlateDecode /FlateDecode]")))


def cyclic_tree() -> bytes:
    return raw_pdf(one_page(stream(TEXT)) | {2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>"})


def million_kids() -> bytes:
    kids = b"3 0 R " * 1_000_000
    return raw_pdf(
        one_page(stream(TEXT)) | {2: b"<< /Type /Pages /Kids [" + kids + b"] /Count 1000000 >>"}
    )


def million_pages_in_a_tree() -> bytes:
    """Four levels of a hundred kids each: a few kilobytes that say a hundred million pages."""
    tree = {
        level: b"<< /Type /Pages /Count 1000000 /Kids [" + b"%d 0 R " % (level + 1) * 100 + b"] >>"
        for level in (10, 11, 12)
    }
    tree[13] = b"<< /Type /Pages /Count 100 /Kids [" + b"3 0 R " * 100 + b"] >>"
    catalogue = {1: b"<< /Type /Catalog /Pages 10 0 R >>"}
    return raw_pdf(one_page(stream(TEXT)) | catalogue | tree)


def million_operators() -> bytes:
    return raw_pdf(
        one_page(stream(zlib.compress(b"0 0 m " * 5_000_000, 9), b"/Filter /FlateDecode"))
    )


def reference_loops() -> bytes:
    loop = one_page(b"6 0 R", object_6=b"7 0 R", object_7=b"6 0 R")
    return raw_pdf(loop)


def length_loop() -> bytes:
    return raw_pdf(one_page(b"<< /Length 4 0 R >>\nstream\n" + TEXT + b"\nendstream"))


def calling_forms() -> bytes:
    """Forms that each draw the next one ten times: 10 ** 9 drawings."""
    forms = {
        10 + level: stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            b"/Resources << /XObject << /X %d 0 R >> >>" % (11 + level),
        )
        for level in range(9)
    }
    forms[19] = stream(
        TEXT,
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >>",
    )
    return raw_pdf(one_page(stream(b"/X Do"), b"/XObject << /X 10 0 R >>") | forms)


def deep_nesting() -> bytes:
    return raw_pdf(one_page(stream(b"[" * 200_000)) | {6: b"[" * 200_000})


def deep_dictionary() -> bytes:
    return raw_pdf(one_page(stream(TEXT)) | {2: b"<< /A " * 100_000})


def huge_image() -> bytes:
    image = stream(
        squeezed(64 * MEGABYTE),
        b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceRGB /Filter /FlateDecode",
    )
    content = stream(b"q 100 0 0 100 0 0 cm /I Do Q " + TEXT)
    return raw_pdf(one_page(content, b"/XObject << /I 6 0 R >>", object_6=image))


def damaged_stream() -> bytes:
    packed = bytearray(zlib.compress(TEXT * 50, 9))
    packed[len(packed) // 2] ^= 0xFF
    return raw_pdf(one_page(stream(bytes(packed), b"/Filter /FlateDecode")))


def lost_content() -> bytes:
    objects = one_page(stream(TEXT))
    del objects[4]
    return raw_pdf(objects)


def without_letters() -> bytes:
    codes = b"BT /F1 12 Tf 72 700 Td (" + bytes(range(1, 9)) * 9 + b") Tj ET"
    return raw_pdf(one_page(stream(codes)))


def word_file() -> bytes:
    word, out = docx.Document(), io.BytesIO()
    for line in ("Groen", "Hoeveel bussen?", "", "Twaalf."):
        word.add_paragraph(line)
    word.save(out)
    return out.getvalue()


def changed_word(change: Callable[[bytes], bytes], word: bytes | None = None) -> bytes:
    """Return a Word file with its main part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word or word_file())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data) if name == "word/document.xml" else data)
    return out.getvalue()


def word_with_entities(declaration: bytes) -> bytes:
    return changed_word(
        lambda xml: xml.replace(
            b"<w:document ", b"<!DOCTYPE w:document [" + declaration + b"]>\n<w:document ", 1
        ).replace(b"Twaalf.", b"&a;")
    )


def laughing_word() -> bytes:
    levels = b'<!ENTITY l0 "ha">' + b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
    )
    return word_with_entities(levels + b'<!ENTITY a "&l9;">')


def outside_word() -> bytes:
    return word_with_entities(b'<!ENTITY a SYSTEM "file:///etc/passwd">')


def zip_bomb() -> bytes:
    out = io.BytesIO(word_file())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/media/a.bin", "w", force_zip64=True) as member,
    ):
        for _ in range(256):
            member.write(b"\0" * MEGABYTE)
    return out.getvalue()


def xml_bomb() -> bytes:
    return changed_word(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 6_000_000))


def lying_zip() -> bytes:
    """A zip that says its main part is small although it unpacks to much more."""
    bomb = bytearray(changed_word(lambda xml: xml.replace(b"Twaalf.", b"A" * 8 * MEGABYTE)))
    name = b"word/document.xml"
    entry = bomb.rfind(name) - 46
    bomb[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    return bytes(bomb)


def deep_word() -> bytes:
    nest = b"<w:sdt><w:sdtContent>" * 50_000 + b"</w:sdtContent></w:sdt>" * 50_000
    return changed_word(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + nest))


def zip_without_word() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "Groen")
    return out.getvalue()


def empty_word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()
