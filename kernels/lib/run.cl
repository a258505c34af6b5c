// What the host says of a run of batches; nth counts its batches from 0 and is the only argument that
// changes from launch to launch.

#pragma once

#define RUN_START(run, nth, batch) ((run)[0] + (nth) * (batch)) // first row in the order
#define RUN_SLOT(run, nth) ((run)[1] + (nth))                   // row in the slots
#define RUN_STEP(run, nth) ((uint)(run)[2] + (uint)(nth))       // step since training began
#define RUN_BETA(run) as_float((run)[3])                        // weight of the divergence in the loss
#define RUN_SCALE(run) as_float((run)[4])                       // weight of the reconstruction in the loss
#define RUN_ENDS(run, nth) ((nth) + 1 == (run)[5])              // whether no batch comes behind it
