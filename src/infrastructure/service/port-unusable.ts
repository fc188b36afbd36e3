import { errorCode } from '../runtime/error-code';

/** The service cannot listen where it was told to; the message is a sentence for the administrator, in Romanian and in English. */
export class PortUnusable extends Error {
  override readonly name = 'PortUnusable';
}

/** `undefined` for an error that is not about the address. */
export const portUnusable = (
  { port, host }: { readonly port: number; readonly host: string },
  error: unknown,
): PortUnusable | undefined => {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new PortUnusable(
        `Portul ${port} (${host}) este folosit de alt program; opriți-l sau alegeți alt port (PORT). / ` +
          `Port ${port} (${host}) is in use by another program; stop it or choose another port (PORT).`,
      );
    case 'EACCES':
      return new PortUnusable(
        `Procesul nu are dreptul să folosească portul ${port}; alegeți unul de la 1024 în sus (PORT). / ` +
          `This process may not use port ${port}; choose one from 1024 on (PORT).`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortUnusable(
        `Adresa ${host} nu este a acestei mașini; alegeți alta (HOST). / The address ${host} is not of this machine; choose another (HOST).`,
      );
    default:
      return undefined;
  }
};
