// The regions of Huawei Cloud that are known to have Workspace, from the vendor's endpoint pages and the region list of its SDK.

/** A text in each language of the site. */
export type Words = Readonly<Record<'en' | 'zh-CN', string>>;

/** Who says that a region has Workspace: the region list of the vendor's SDKs, its Chinese and its international endpoint page. */
export type Listing = 'sdk' | 'chinese' | 'international';

/** A region, in the order in which the contract names them. */
export interface Region {
  id: string;
  name: Words;
  listed: readonly Listing[];
  /** What there is to know of it alone. */
  note?: Words;
}

const sdk: readonly Listing[] = ['sdk'];
const china: readonly Listing[] = ['sdk', 'chinese'];
const world: readonly Listing[] = ['sdk', 'international'];
const region = (
  id: string,
  en: string,
  chinese: string,
  listed: readonly Listing[],
  note?: Words,
): Region => ({
  id,
  name: { en, 'zh-CN': chinese },
  listed,
  ...(note && { note }),
});

export const regions: readonly Region[] = [
  region('cn-north-4', 'CN North-Beijing4', '华北-北京四', china),
  region('cn-north-9', 'CN North-Ulanqab1', '华北-乌兰察布一', china),
  region('cn-north-11', 'CN North-Ulanqab, automotive', '华北-乌兰察布-汽车一', sdk, {
    en: 'The name is inferred.',
    'zh-CN': '名称是推断的。',
  }),
  region('cn-east-3', 'CN East-Shanghai1', '华东-上海一', china),
  region('cn-east-5', 'CN East-Qingdao', '华东-青岛', china),
  region('cn-south-1', 'CN South-Guangzhou', '华南-广州', china),
  region('cn-southwest-2', 'CN Southwest-Guiyang1', '西南-贵阳一', china),
  region('ap-southeast-1', 'CN-Hong Kong', '中国-香港', world),
  region('ap-southeast-2', 'AP-Bangkok', '亚太-曼谷', sdk),
  region('ap-southeast-3', 'AP-Singapore', '亚太-新加坡', world),
  region('la-south-2', 'LA-Santiago', '拉美-圣地亚哥', world),
  region('la-north-2', 'LA-Mexico City2', '拉美-墨西哥城二', world),
  region('na-mexico-1', 'LA-Mexico City1', '拉美-墨西哥城一', ['international'], {
    en: 'Not in the SDK.',
    'zh-CN': 'SDK 中没有。',
  }),
  region('sa-brazil-1', 'LA-Sao Paulo1', '拉美-圣保罗一', world),
  region('af-south-1', 'AF-Johannesburg', '非洲-约翰内斯堡', sdk),
  region('af-north-1', 'AF-Cairo', '非洲-开罗', sdk),
  region('me-east-1', 'ME-Riyadh', '中东-利雅得', sdk),
  region('tr-west-1', 'TR-Istanbul', '土耳其-伊斯坦布尔', sdk),
  region('eu-west-101', 'EU-Dublin', '欧洲-都柏林', sdk, {
    en: 'The SDK knows no IAM endpoint for it.',
    'zh-CN': 'SDK 中没有它的 IAM 终端节点。',
  }),
];

const root = 'myhuaweicloud.com';

/** Where Workspace is in a region. */
export const workspaceAt = (id: string) => `workspace.${id}.${root}`;

/** Where the identity service is in a region. */
export const iamAt = (id: string) => `iam.${id}.${root}`;
