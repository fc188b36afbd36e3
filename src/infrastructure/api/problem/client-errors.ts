import type { Socket } from 'node:net';
import { problemContentType, problemDetails } from './problem';
import { problemOfServerError } from './server-errors';

const statuses: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };
const reasons: Readonly<Record<number, string>> = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' };

/**
 * Answers what is no HTTP request (an unknown method, a broken header) as everything else is answered. No header was read, so
 * the language is the default. The connection ends, because the start of its next request is unknown.
 */
export const answerClientError = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = statuses[error.code ?? ''] ?? 400;
  const { problem } = problemOfServerError(status);
  const body = JSON.stringify({ ...problemDetails(problem, 'ro'), status });
  if (socket.writable) {
    const head = [
      `HTTP/1.1 ${String(status)} ${reasons[status] ?? ''}`,
      `Content-Type: ${problemContentType}`,
      'Content-Language: ro',
      `Content-Length: ${String(Buffer.byteLength(body))}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
};
