"""What a notebook's own code may use: `from maestro_step import output`."""

import importlib.util
import os

_place = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "driver.py")
_spec = importlib.util.spec_from_file_location("maestro_step_driver", _place)
_driver = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_driver)

output = _driver.output
