import { anywhere, type Recognizer } from '../recognizer.ts'

/** A name chosen for an account, or made of the person's own. */
const handle = /@?[\p{L}\d](?:[\p{L}\d._%-]{1,80}[\p{L}\d])/uy

/** First parts of paths that are no person's. */
const pages =
  /^(?:about|ads|business|company|explore|groups|hashtag|help|home|i|intent|jobs|legal|login|marketplace|messages|p|pages|privacy|reel|search|settings|share|signup|status|stories|terms|tr|tv|watch|sharer|plugins|dialog|embed|oauth|www|share\.php|sharer\.php)$/i

/** Persons' own pages in social networks, by the name in their address: `linkedin.com/in/erika-muster-1b2`. */
export const socialProfile: Recognizer = {
  id: 'social-profile',
  types: ['USERNAME'],
  anchors: anywhere(
    'linkedin.com/in/',
    'xing.com/profile/',
    'facebook.com/',
    'instagram.com/',
    'twitter.com/',
    'tiktok.com/@',
    'snapchat.com/add/',
    'threads.net/@'
  ),
  recognize: (scan, _start, end) => {
    const { text } = scan
    handle.lastIndex = end
    const name = handle.exec(text)?.[0]
    if (name === undefined || pages.test(name)) return
    scan.report(end, end + name.length, 'USERNAME', 0.8)
  },
  examples: {
    match: [
      { text: 'linkedin.com/in/svenja-kruse-b2a41199', found: 'svenja-kruse-b2a41199' },
      { text: 'https://www.xing.com/profile/Ole_Brinkmann/cv', found: 'Ole_Brinkmann' },
      { text: 'see https://twitter.com/jdoe_42.', found: 'jdoe_42' }
    ],
    noMatch: [
      'https://www.linkedin.com/company/beispiel',
      'https://www.facebook.com/sharer.php?u=x',
      'https://www.instagram.com/p/Cxyz',
      'https://twitter.com/'
    ]
  },
  source: 'Addresses of profiles as LinkedIn, XING, Meta, X, TikTok and Snap give them'
}
