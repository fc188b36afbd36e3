/** What civil servants, the registry and administrators do. */
export const staffCommands = {};
