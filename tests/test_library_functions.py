"""`vnocr.restore` and `vnocr.extract` share their names with rooms, which must not hide them."""

import subprocess
import sys

CODE = """
import vnocr
from vnocr.restore.restorer import Restorer
from vnocr.extract import extractor
first = vnocr.restore("cai cach hanh chinh")
assert vnocr.restore("cai cach hanh chinh") == first
assert callable(vnocr.extract)
print(first.text)
"""


def test_functions_stay_callable_once_their_rooms_are_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "cải cách hành chính", done.stderr
