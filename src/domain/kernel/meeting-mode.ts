import { word } from './shape';

type Needs = {
  /** what the citizen must give to be reached, by the article that asks for it; in any mode one way to be told of a change (Art. 8) */
  readonly contact: { readonly email?: string; readonly phone?: string };
  /** Art. 5: a link to a video platform, sent before the meeting */
  readonly link: boolean;
  /** Art. 5 (A14): the recording, and the citizen's consent to it */
  readonly recording: boolean;
  /** whether the citizen comes to the place of City Hall */
  readonly place: boolean;
};

/** Art. 3 d: how they meet, and what each way needs. */
export const modes = {
  online: { contact: { phone: '3 e', email: '3 e' }, link: true, recording: true, place: false },
  phone: { contact: { phone: '3 d' }, link: false, recording: false, place: false },
  'in-person': { contact: {}, link: false, recording: false, place: true },
} as const satisfies Readonly<Record<string, Needs>>;

export type Mode = keyof typeof modes;
type WithoutLink = { [M in Mode]: (typeof modes)[M]['link'] extends true ? never : M }[Mode];

export const needsOf = (mode: Mode): Needs => modes[mode];

export const isMode = (text: string | undefined): text is Mode => text !== undefined && Object.hasOwn(modes, text);
/** A move may change it, and the agenda keeps that too. */
export const meetingMode = word(...Object.keys(modes).filter(isMode));
/** How an online meeting can go on once the platform cannot. */
export const otherMode = word(...meetingMode.words.filter((mode): mode is WithoutLink => !needsOf(mode).link));
