import { decoded, type Element, elementsOf } from './markup';

export type Field = { readonly name: string; readonly kind: string; readonly value: string; readonly choices?: readonly string[] };
export type PageForm = {
  readonly method: 'GET' | 'POST';
  readonly action: string;
  readonly multipart: boolean;
  readonly fields: readonly Field[];
};

const typed = ['text', 'search', 'email', 'tel', 'password', 'textarea', 'number', 'date', 'time', 'datetime-local'];
export const isTyped = ({ kind }: Field): boolean => typed.includes(kind);

const fieldsOf = (html: string): readonly Field[] => {
  const elements = elementsOf(html);
  const upTo = ({ end }: Element, closing: string): string => html.slice(end, html.indexOf(closing, end));
  return elements.flatMap((element): readonly Field[] => {
    const { name: tag, attributes } = element;
    const name = attributes.get('name') ?? '';
    if (name === '') return [];
    if (tag === 'textarea') return [{ name, kind: 'textarea', value: decoded(upTo(element, '</textarea>')).replace(/^\n/, '') }];
    if (tag === 'select') {
      const options = elementsOf(upTo(element, '</select>'));
      const choices = options.map((option) => option.attributes.get('value') ?? '');
      const chosen = options.find((option) => option.attributes.has('selected'))?.attributes.get('value');
      return [{ name, kind: 'select', value: chosen ?? choices[0] ?? '', choices }];
    }
    if (tag !== 'input') return [];
    return [{ name, kind: attributes.get('type') ?? 'text', value: attributes.get('value') ?? '' }];
  });
};

/** The forms of a page, with what a browser would send. Of radios the first is taken. */
export const formsIn = (html: string): readonly PageForm[] =>
  elementsOf(html)
    .filter(({ name }) => name === 'form')
    .map(({ attributes, end }) => {
      const fields = fieldsOf(html.slice(end, html.indexOf('</form>', end)));
      return {
        method: attributes.get('method')?.toLowerCase() === 'post' ? 'POST' : 'GET',
        action: attributes.get('action') ?? '',
        multipart: attributes.get('enctype') === 'multipart/form-data',
        fields: fields.filter((field, index) => fields.findIndex(({ name }) => name === field.name) === index),
      };
    });
