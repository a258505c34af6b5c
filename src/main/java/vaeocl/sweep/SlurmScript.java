package vaeocl.sweep;

import static vaeocl.formats.ShellLine.quoted;

import java.nio.file.Path;

/**
 * A batch script for Slurm: an array with a task for each training, which are stopped before their
 * time is up, save, and are queued again until they are finished.
 */
public final class SlurmScript {
  /** Tasks at once, as a beginning. */
  private static final int AT_ONCE = 8;

  /** TERM comes up to a minute earlier than said. */
  private static final String SCRIPT =
      """
      #!/bin/bash
      # %1$d trainings of %2$s: change what your cluster wants otherwise, then submit this file with sbatch.
      #SBATCH --job-name=vae-ocl
      #SBATCH --array=1-%1$d%%%3$d
      #SBATCH --time=01:00:00
      #SBATCH --cpus-per-task=2
      #SBATCH --mem=4G
      ##SBATCH --gres=gpu:1
      #SBATCH --signal=B:TERM@60
      #SBATCH --requeue
      #SBATCH --open-mode=append
      #SBATCH --output=%4$s
      %5$s sweep %6$s &
      program=$!
      trap 'kill -TERM "$program"' TERM
      wait "$program"
      status=$?
      if kill -0 "$program" 2>/dev/null; then # the signal ended the wait, not the program
        wait "$program"
        status=$?
      fi
      if [ "$status" -eq 143 ]; then # TERM: it saved, and goes on when its turn comes again
        scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
      fi
      exit "$status"
      """;

  private SlurmScript() {}

  /**
   * The script's text.
   *
   * @param folder of the sweep, absolute
   * @param program how to start this program from anywhere, as a shell takes it
   */
  public static String of(Plan plan, Path folder, String program) {
    int count = plan.tasks().size();
    String log = '"' + folder.toString().replace("%", "%%") + "/slurm-%a.log\"";
    return SCRIPT.formatted(
        count, quoted(folder), Math.min(count, AT_ONCE), log, program, quoted(folder));
  }
}
