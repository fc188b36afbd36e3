const graceMilliseconds = 1000;

/**
 * Ends the process with this code once nothing is under way any more, and soon in any case: a client library may go on waiting, for minutes or
 * hours, for what nobody asks for any more, as that of EventStoreDB does for the nodes of a cluster.
 */
export const endProcess = (exitCode: number): void => {
  process.exitCode = exitCode;
  setTimeout(() => process.exit(), graceMilliseconds).unref();
};
