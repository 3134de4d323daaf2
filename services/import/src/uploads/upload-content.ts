import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { attachment, MEDIA_TYPES, type Caller } from '@muster/platform';
import type { ByteSource } from '@muster/tabular';
import { requireFile } from '../imports/open-as-configured.js';
import { PartRepository } from '../parts/part.repository.js';
import type { Upload } from './upload.entity.js';
import { UploadReader } from './upload-reader.js';
import { UploadRepository } from './upload.repository.js';

const CHUNK = 256 * 1024;

/** Gives uploaded files out again. */
@Injectable()
export class UploadContent {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly uploads: UploadRepository,
    private readonly parts: PartRepository,
    private readonly reader: UploadReader,
  ) {}

  /**
   * Sends the bytes as they came in, under the name that they had.
   * @throws Problem upload_not_found, upload_in_parts, file_removed, forbidden
   */
  async send(caller: Caller, id: Id, response: Response): Promise<void> {
    const upload = await this.find(caller, id);
    response.setHeader('ETag', `"${upload.sha256}"`).setHeader('Cache-Control', 'private, no-cache');
    const source = await this.reader.bytes({ companyId: upload.companyId, uploadId: id }).catch(async (error: unknown) => {
      // The retention may have been faster.
      await this.find(caller, id);
      throw error;
    }); // prettier-ignore
    response.setHeader('Content-Type', mediaTypeOf(upload));
    response.setHeader('Content-Length', source.size);
    response.setHeader('Content-Disposition', attachmentOf(upload.fileName));
    try {
      await pipeline(Readable.from(chunksOf(source)), response);
    } catch (error) {
      if (!hasGone(error)) throw error;
    } finally {
      await source.close?.();
    }
  }

  private find(caller: Caller, id: Id): Promise<Upload> {
    return this.uow.run(caller, async (manager) => {
      const upload = await this.uploads.getReadable(manager, caller, id);
      const series = await this.parts.find(manager, id);
      if (series) throw new Problem('upload_in_parts', { params: { importId: series.importId } });
      requireFile(upload);
      return upload;
    });
  }
}

async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; at += CHUNK) yield await source.read(at, CHUNK);
}

/** Who went away before the end gets no answer, and is no fault of ours. */
function hasGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function mediaTypeOf({ source: { format, encoding } }: Upload): string {
  return format === 'csv' ? `text/csv; charset=${encoding ?? 'utf-8'}` : MEDIA_TYPES[format];
}

function attachmentOf(fileName: string): string {
  const ending = /\.\w{1,10}$/.exec(fileName)?.[0] ?? '';
  return attachment(fileName.slice(0, fileName.length - ending.length), ending);
}
