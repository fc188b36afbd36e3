/** Which key a fact of this type in this stream says is destroyed; none for other facts. */
export const erasedKey = (type: string, stream: string): string | undefined => {
  if (type === 'ConclusionsErased') return `record:${stream}`;
  if (type !== 'PersonalDataErased') return undefined;
  return `${stream.startsWith('request-') ? 'name' : 'contact'}:${stream}`;
};
