# Reads the first sheet with python-calamine into lists, and prints the figures as the other readers do.
import json
import resource
import sys
import time

from python_calamine import CalamineWorkbook

began = time.perf_counter()
busy = time.process_time()
with CalamineWorkbook.from_path(sys.argv[1]) as workbook:
    rows = list(workbook.get_sheet_by_index(0).iter_rows())
seconds = time.perf_counter() - began
processor = time.process_time() - busy
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
cells = sum(1 for row in rows for cell in row if cell != "")
figures = {"rows": len(rows), "cells": cells, "seconds": seconds, "processor": processor, "megabytes": megabytes}
print(json.dumps(figures))
