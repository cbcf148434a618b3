"""The process that opens a PDF or Word file, so that a hostile one harms nothing but itself.

`python -I -m corpus.worker KIND MEMORY_BYTES CPU_S OUTPUT_BYTES` reads the file from stdin and
writes one JSON object to stdout: a reading, or `{"fault": NAME}`. For the kind "page" a line of
JSON (`{"page", "words"}`) precedes the PDF, and what is written is a picture of that page. Whatever
else goes wrong ends the process, and its exit status says so.
"""

import json
import sys

from corpus.reading import Fault, Reading, UnreadableError, encode_reading


def main() -> None:
    """Read stdin as the kind of file that the first argument names, within the limits."""
    kind = sys.argv[1]
    memory_bytes, cpu_s, output_bytes = map(int, sys.argv[2:])
    _limit(memory_bytes, cpu_s, output_bytes)
    output = answer(kind, sys.stdin.buffer.read())
    if len(output) > output_bytes:
        output = _fault(Fault.TOO_LARGE)
    sys.stdout.buffer.write(output)


def answer(kind: str, data: bytes) -> bytes:
    """Return what the process writes for a file of this kind."""
    try:
        return _draw(data) if kind == "page" else encode_reading(_read(kind, data))
    except UnreadableError as error:
        return _fault(error.fault)
    except (MemoryError, RecursionError):
        return _fault(Fault.TOO_LARGE)


def _read(kind: str, data: bytes) -> Reading:
    if kind == "pdf":
        from corpus.pdf import read_pdf

        return read_pdf(data)
    from corpus.docx import read_docx

    return read_docx(data)


def _draw(data: bytes) -> bytes:
    from corpus.page_image import draw_page

    line, _, pdf = data.partition(b"\n")
    job = json.loads(line)
    return draw_page(pdf, job["page"], job["words"])


def _limit(memory_bytes: int, cpu_s: int, output_bytes: int) -> None:
    """Set the limits where the system knows them (not on Windows, where the clock alone counts)."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_FSIZE: output_bytes,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in wanted.items():
        _, most = resource.getrlimit(limit)
        capped = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(limit, (capped, most))


def _fault(fault: Fault) -> bytes:
    return json.dumps({"fault": fault.name}).encode()


if __name__ == "__main__":
    main()
