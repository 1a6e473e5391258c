/** A file that goes to Discord with a message, its bytes as they came. */
export interface AttachedFile {
  /** `files[0]` to `files[9]`: what `attachments[].id` in the JSON refers to. */
  readonly field: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A body as it goes out, with its media type. */
export interface OutgoingForm {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes the form that Discord takes: the JSON first, then the files in their order.
 * @param boundary - random; at least 16 letters and digits, so that no file holds it
 * @see Discord docs: reference (Uploading Files); RFC 7578
 */
export function buildMultipart(
  payloadJson: string | undefined,
  files: readonly AttachedFile[],
  boundary: string,
): OutgoingForm {
  const json = payloadJson === undefined ? [] : [buildJsonPart(payloadJson, boundary)];
  const parts = files.flatMap(({ field, filename, contentType, bytes }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${escapeFilename(filename)}"\r\n` +
        `Content-Type: ${contentType}\r\n\r\n`,
      'utf8',
    ),
    bytes,
    Buffer.from('\r\n', 'latin1'),
  ]);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...json, ...parts, Buffer.from(`--${boundary}--\r\n`, 'latin1')]),
  };
}

function buildJsonPart(payloadJson: string, boundary: string): Uint8Array {
  return Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="payload_json"\r\nContent-Type: application/json\r\n\r\n${payloadJson}\r\n`,
    'utf8',
  );
}

/** As browsers do; a name that came escaped stays as it is. @see RFC 7578 §4.2 */
function escapeFilename(filename: string): string {
  return filename.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
