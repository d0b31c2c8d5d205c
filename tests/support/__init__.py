"""What many test modules use: made collections, stand-ins, plain twins of kernels, a browser."""

import pytest

pytest.register_assert_rewrite("support.loading")
