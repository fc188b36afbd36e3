// Which database is asked, and what may be said of it: an address may hold a password, so it is repeated nowhere, not by an error either.
export const variable = 'REPORTING_DATABASE';

export const isServer = (address) => /^postgres(?:ql)?:/u.test(address);

/**
 * @returns the server without user and password, or the path of the file
 * @throws {Error} where the address of a server cannot be read; its message does not hold the address
 */
export const placeOf = (address) => {
  if (!isServer(address)) return address;
  if (!URL.canParse(address))
    throw new Error(
      `${variable} is no address that can be read (it is not repeated here: it may hold a password). In a password # / ? and % are written %23 %2F %3F and %25.`,
    );
  return new URL(address).host;
};

/** The service's own way to SQLite: it chooses the driver that fits this version of Node.js. `start.js` has the service built where it is not. */
export const driver = new URL('../../packages/event-log/dist/database/sqlite/driver.js', import.meta.url);
