import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { TestPorts } from '../../../src/infrastructure/testing/test-ports';
import { startSeeded, type Service } from '../../http/support/service';

export type Bytes = { readonly status: number | undefined; readonly headers: readonly string[]; readonly text: string };

export const listening = async (overrides: Partial<TestPorts> = {}): Promise<Service & { readonly port: number }> => {
  const service = await startSeeded(overrides);
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  return { ...service, port: Number(new URL(await service.app.getUrl()).port) };
};

/** Over a socket, and what came back to the last header. */
export const post = async (
  port: number,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
  agent?: Agent,
): Promise<Bytes> => {
  const content = JSON.stringify(body);
  const sent = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: `/api/v1${path}`,
    ...(agent === undefined ? {} : { agent }),
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content), ...headers },
  });
  sent.end(content);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  const named = response.rawHeaders.map((part, index) => (response.rawHeaders[index - 1] === 'Date' && index % 2 === 1 ? '' : part));
  return { status: response.statusCode, headers: named, text };
};
export const codeOf = ({ status, text }: Bytes): string => (status === 200 ? 'ok' : (JSON.parse(text) as { readonly code: string }).code);
