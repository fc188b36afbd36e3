import type { BegunSignIn } from './provider-sign-in';

/** With where to go afterwards, and until when it may be finished. */
export type KeptSignIn = BegunSignIn & { readonly to: string; readonly until: string };

// Written by this build or an older one into a cookie, sealed: the shape is ours too.
export const signInText = (kept: KeptSignIn): string => JSON.stringify(kept);
export const signInOf = (text: string): KeptSignIn => JSON.parse(text) as KeptSignIn;
