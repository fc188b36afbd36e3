import type { Session } from './session';

// Written by this build or an older one into a row of ours, sealed: the shape is ours too.
export const sessionText = (session: Session): string => JSON.stringify(session);
export const sessionOf = (text: string): Session => JSON.parse(text) as Session;
