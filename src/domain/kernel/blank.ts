import { isClear, type PersonalText } from './personal-text';

/** Neither white space nor what has no shape of its own: marks of direction and width, soft hyphens, fillers, an empty Braille cell. */
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\u2800]/u;

/** Whether a text says nothing, because no character of it can be seen. What is sealed was looked at before it was sealed. */
export const isBlank = (text: string | PersonalText): boolean =>
  typeof text === 'string' ? !visible.test(text) : isClear(text) && !visible.test(text.clear);
