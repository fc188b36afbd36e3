import type { Ports } from '../kernel/ports/ports';

/** The code that opens a ticket in another browser: never the same as the one that booked it, though made alike. */
export const openingCode = ({ personalData, policies }: Pick<Ports, 'personalData' | 'policies'>, reference: string, n: number): string =>
  personalData.verificationCode(`opening:${reference}`, n, policies.verification.value.digits);
