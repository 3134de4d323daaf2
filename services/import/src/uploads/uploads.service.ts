import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { Idempotency, type Caller } from '@muster/platform';
import { CompanyProfile } from './company-profile.js';
import { readMultipart } from './multipart.js';
import { uploadDto, type UploadDto, type UploadPreviewDto } from './upload.dto.js';
import type { Upload } from './upload.entity.js';
import { UploadReader, type SourceOverrides } from './upload-reader.js';
import { UploadRepository } from './upload.repository.js';

const PREVIEW_ROWS = 20;

/** A file that has been taken in and checked, with the other parts of its form; not yet in the database. */
export interface AcceptedUpload {
  readonly upload: Upload;
  readonly fields: ReadonlyMap<string, string>;
}

@Injectable()
export class UploadsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly uploads: UploadRepository,
    private readonly reader: UploadReader,
    private readonly companies: CompanyProfile,
    private readonly idempotency: Idempotency,
  ) {}

  async create(caller: Caller, request: IncomingMessage, idempotencyKey: string | undefined): Promise<UploadDto> {
    const { upload } = await this.accept(caller, request);
    return this.keepFileIfKept(upload, () =>
      this.idempotency.run(caller, idempotencyKey, `upload ${upload.fileName} ${upload.sha256}`, () =>
        this.uow.run(caller, async (manager) => {
          const earlier = await this.uploads.earlierImports(manager, upload.sha256);
          await this.uploads.insert(manager, upload);
          return uploadDto(upload, earlier);
        }),
      ),
    );
  }

  /** Takes the file of a form in and reads it once. When it throws, nothing is left of it. */
  async accept(caller: Caller, request: IncomingMessage): Promise<AcceptedUpload> {
    const key = { companyId: caller.companyId, uploadId: newId() };
    const { limits } = await this.companies.of(caller.companyId);
    try {
      const { file, fields } = await readMultipart(request, (content, name) =>
        this.reader.receive(key, content, name, limits.bytes),
      );
      if (!file) throw new Problem('file_missing');
      const source = await this.reader.recognise(key, file, overridesOf(fields));
      const rowCount = await this.reader.countRows(key, source, limits.rows);
      const { fileName, byteSize, sha256 } = file;
      const meta = { id: key.uploadId, companyId: key.companyId, createdBy: caller.actor, createdAt: new Date() };
      return { upload: { ...meta, fileName, byteSize, sha256, source, rowCount }, fields };
    } catch (error) {
      await this.reader.discard(key.companyId, key.uploadId);
      throw error;
    }
  }

  /** Runs `work`, which stores the upload or answers a repeat; the file goes when its upload was not stored. */
  async keepFileIfKept<T>(upload: Upload, work: () => Promise<T>): Promise<T> {
    const { id, companyId } = upload;
    let kept = false;
    try {
      const result = await work();
      const scope = { companyId, actor: 'system', cause: `upload:${id}` };
      kept = await this.uow.run(scope, async (manager) => (await this.uploads.find(manager, id)) !== null);
      return result;
    } finally {
      if (!kept) await this.reader.discard(companyId, id);
    }
  }

  get(caller: Caller, id: Id): Promise<UploadDto> {
    return this.uow.run(caller, async (manager) => {
      const upload = await this.uploads.get(manager, id);
      return uploadDto(upload, await this.uploads.earlierImports(manager, upload.sha256));
    });
  }

  /** The first rows as they will be read, with what the caller overrides. */
  async preview(caller: Caller, id: Id, overrides: SourceOverrides): Promise<UploadPreviewDto> {
    const upload = await this.uow.run(caller, (manager) => this.uploads.get(manager, id));
    const key = { companyId: caller.companyId, uploadId: id };
    const source = await this.reader.recognise(
      key,
      { ...upload, utf8: 'ascii' },
      { ...settingsOf(upload), ...overrides },
    );
    const rows: UploadPreviewDto['rows'] = [];
    for await (const batch of this.reader.rows(key, source, upload.rowCount)) {
      rows.push(...batch.rows.slice(0, PREVIEW_ROWS - rows.length));
      if (rows.length >= PREVIEW_ROWS) break;
    }
    return { source: { ...source, columns: [...source.columns] }, rows };
  }
}

function settingsOf({ source: { encoding, delimiter, headerRow } }: Upload): SourceOverrides {
  return { encoding, delimiter, headerRow };
}

function overridesOf(fields: ReadonlyMap<string, string>): SourceOverrides {
  return { encoding: fields.get('encoding'), delimiter: fields.get('delimiter') };
}
