import type { VNode } from 'preact';
import { onceField } from '../forms/form-desk';

/** Makes this showing of a form its own, so that sending it twice is doing it once. */
export const OnceField = ({ once }: { readonly once: string }): VNode => <input type="hidden" name={onceField} value={once} />;
