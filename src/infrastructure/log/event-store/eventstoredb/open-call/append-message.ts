import type { Sent } from '../append-way';
import { checkWritable, metadataOf } from '../stored-event';

/** Large enough for nearly every append, used again for each: taking memory costs as much as writing it. */
const usual = Buffer.allocUnsafeSlow(64 * 1024);
/** No character takes more in UTF-8. */
const mostBytesOfACharacter = 3;
/** Nor more in JSON. */
const mostBytesInJson = 6;
/** Of an event, and of an append, beside its texts: fields and lengths. */
const mostOfAFrame = 160;

/** Protobuf from its end to its beginning: how long a message is, is known once it stands. */
class BackwardsWriter {
  private at: number;

  constructor(private readonly bytes: Buffer) {
    this.at = bytes.length;
  }

  /** What was written last, for whoever writes the field around it. */
  get beginning(): number {
    return this.at;
  }

  get written(): Buffer {
    return Buffer.from(this.bytes.subarray(this.at));
  }

  text(field: number, text: string): void {
    const end = this.at;
    this.at -= Buffer.byteLength(text);
    this.bytes.write(text, this.at);
    this.around(field, end);
  }

  number(field: number, value: number): void {
    this.varint(value);
    this.varint(field << 3);
  }

  /** Makes everything up to there the content of a field. */
  around(field: number, end: number): void {
    this.varint(end - this.at);
    this.varint((field << 3) | 2);
  }

  private varint(value: number): void {
    let length = 1;
    for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length += 1;
    this.at -= length;
    let rest = value;
    for (let index = 0; index < length; index += 1) {
      this.bytes[this.at + index] = (rest % 128) | (index < length - 1 ? 128 : 0);
      rest = Math.floor(rest / 128);
    }
  }
}

/** Of the server's contract, which never gives a number another meaning. */
const fields = {
  request: { correlation: 1, options: 2, proposed: 3, isFinal: 4 },
  options: { stream: 1, position: 2, noStream: 3 },
  proposed: { id: 1, metadata: 2, customMetadata: 3, data: 4 },
  entry: { key: 1, value: 2 },
  uuidText: 2,
  streamName: 3,
} as const;

const entry = (writer: BackwardsWriter, key: string, value: string): void => {
  const end = writer.beginning;
  writer.text(fields.entry.value, value);
  writer.text(fields.entry.key, key);
  writer.around(fields.proposed.metadata, end);
};

/**
 * One append as the shared call carries it, whole: the largest that is allowed is far below the server's limit of a message. Written here
 * because the stubs take as long for it as everything else together takes. No deadline is in it: the server then takes its own two
 * seconds, and compares its clock with nobody's.
 * @throws AppendRefused for what is no text: half of it in the call would fail the appends of all
 */
export const appendMessage = (correlation: string, { streamOnServer, expected, events }: Sent): Buffer => {
  let most = mostOfAFrame + mostBytesOfACharacter * streamOnServer.length;
  for (const envelope of events) {
    checkWritable(envelope);
    const { id, type, body, hash } = envelope;
    most += mostOfAFrame + mostBytesOfACharacter * (id.length + type.length + body.length) + mostBytesInJson * hash.length;
  }
  const writer = new BackwardsWriter(most <= usual.length ? usual : Buffer.allocUnsafe(most));
  writer.number(fields.request.isFinal, 1);
  for (const envelope of events.toReversed()) {
    const end = writer.beginning;
    writer.text(fields.proposed.data, envelope.body);
    writer.text(fields.proposed.customMetadata, JSON.stringify(metadataOf(envelope)));
    entry(writer, 'type', envelope.type);
    entry(writer, 'content-type', 'application/octet-stream');
    const endOfId = writer.beginning;
    writer.text(fields.uuidText, envelope.id);
    writer.around(fields.proposed.id, endOfId);
    writer.around(fields.request.proposed, end);
  }
  const endOfOptions = writer.beginning;
  if (expected.kind === 'no-stream') writer.around(fields.options.noStream, endOfOptions);
  else writer.number(fields.options.position, expected.revision);
  const endOfStream = writer.beginning;
  writer.text(fields.streamName, streamOnServer);
  writer.around(fields.options.stream, endOfStream);
  writer.around(fields.request.options, endOfOptions);
  const endOfCorrelation = writer.beginning;
  writer.text(fields.uuidText, correlation);
  writer.around(fields.request.correlation, endOfCorrelation);
  return writer.written;
};
