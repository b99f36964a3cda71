#!/bin/sh
# SLURM: a shelf in eight shares (an array of jobs), then the site. SHELF, STORE and SITE lie where all nodes reach them.
#
#   export SHELF=/data/shelf STORE=/data/store SITE=/data/site
#   id=$(sbatch --parsable shares.sh)
#   sbatch --dependency="afterany:$id" --wrap 'octavo publish "$SHELF" --join --store "$STORE" --out "$SITE"'
#SBATCH --job-name=octavo
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=02:00:00

# Which share it is, of how many, stands in SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT.
exec octavo publish "$SHELF" --shard auto --store "$STORE" --jobs "$SLURM_CPUS_PER_TASK"
