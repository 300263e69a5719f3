"""`python -m tests.authorisation.renew`: write the matrix anew from what the product does now, for review."""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["GUONGSANG_TEST_RENEW"] = "1"
    sys.exit(pytest.main(["-q", "tests/authorisation/test_matrix.py"]))
