import * as kernel from '@tichet-albastru/kernel/shape';
import type { PersonalKeyKind, PersonalText } from './personal-text';

export * from '@tichet-albastru/kernel/shape';

/** Text of a person, sealed with a key of one of these kinds. */
export const personalText: (...keys: readonly PersonalKeyKind[]) => kernel.Shape<PersonalText> = kernel.personalText;
