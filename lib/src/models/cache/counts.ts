/** How much of a run was computed, and how much was read: what the benchmark of whole notebooks prints. */

/** Networks and paths of betas since the process began; a network that is only scored counts as one. */
export const counts = { trained: 0, read: 0, walked: 0, pathsRead: 0 };
