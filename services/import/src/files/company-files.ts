import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CompanyDeletion } from '@muster/platform';
import { UploadReader } from '../uploads/upload-reader.js';

/** With a company its files go. */
@Injectable()
export class CompanyFiles implements OnModuleInit {
  constructor(
    private readonly deletion: CompanyDeletion,
    private readonly uploads: UploadReader,
  ) {}

  onModuleInit(): void {
    this.deletion.also((companyId) => this.uploads.discardAll(companyId));
  }
}
