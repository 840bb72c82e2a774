"""Inputs of many formats on the command line."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jsonschema

PAGE = (
    "<html><body><nav><a href='/'>Home</a></nav><article><h1>Pills lower blood pressure in trial</h1>"
    "<p>The trial followed two hundred patients for five years, and their blood pressure fell.</p>"
    "<p>Doctors measured it each month at home, and nobody had to leave the study early.</p></article></body></html>"
)


def run(*args: str, cwd: Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACE_")}
    return subprocess.run(
        [sys.executable, "-m", "claimtrace", *args],
        capture_output=True, cwd=cwd, input=stdin, env=clean, timeout=120, check=False,
    )  # fmt: skip


def test_saved_texts_fit_the_offsets_and_elements_are_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "note.txt").write_text(
        "A plain note says that pills\r\nlower pressure in many people.", "utf-8", newline=""
    )
    done = run("scan", "page.html", "note.txt", "--no-store", "-f", "json", "--save-text", "texts", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    schema = json.loads(run("schema", "scan", cwd=tmp_path).stdout)
    jsonschema.validate(data, schema)
    texts = {
        one["id"]: next((tmp_path / "texts").glob(f"*-{one['id']}.txt")).read_bytes().decode("utf-8")
        for one in data["documents"]
    }
    assert len(data["claims"]) >= 4
    for claim in data["claims"]:
        assert texts[claim["document"]][claim["start"] : claim["end"]] == claim["text"]
        assert ("element" in claim) == (data["documents"][0]["id"] == claim["document"])
    assert data["claims"][0]["element"] == "/html[1]/body[1]/article[1]/h1[1]"


def test_standard_input_of_any_format(tmp_path: Path) -> None:
    for data in (PAGE.encode(), gzip.compress(PAGE.encode())):
        done = run("scan", "-", "--no-store", "-f", "json", cwd=tmp_path, stdin=data)
        assert json.loads(done.stdout)["documents"][0]["title"] == "Pills lower blood pressure in trial"


def test_a_plain_scan_imports_no_reader(root: Path) -> None:
    code = (
        "import sys; from claimtrace.api import scan; scan('seeds'); "
        "print([n for n in sys.modules if n.startswith(('lxml', 'email', 'zipfile', 'markdown_it', 'claimtrace.documents.formats', 'http'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"


def test_an_address_by_name(tmp_path: Path) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404 if "robots" in self.path else 200)
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/story"
    try:
        refused = run("scan", url, "--no-store", cwd=tmp_path)
        assert refused.returncode == 2
        assert b"not public" in refused.stderr
        done = run("scan", url, "--no-store", "--allow-private", "-f", "json", "--save-text", "t", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["documents"][0]["path"] == url
        assert [one.name.startswith("story-") for one in (tmp_path / "t").iterdir()] == [True]
    finally:
        server.shutdown()
        server.server_close()
