import type { NameList } from './names.ts'
import type { Random } from './random.ts'

/** Where names come from, with the locales of the lists and how often each is drawn. */
export const origins: readonly {
  readonly id: string
  readonly locales: readonly string[]
  readonly share: number
}[] = [
  { id: 'german', locales: ['de', 'de_AT', 'de_CH'], share: 26 },
  { id: 'english', locales: ['en', 'en_AU', 'en_ZA'], share: 18 },
  { id: 'turkish', locales: ['tr'], share: 6 },
  { id: 'polish', locales: ['pl'], share: 5 },
  { id: 'arabic', locales: ['own_arabic'], share: 8 },
  { id: 'vietnamese', locales: ['vi'], share: 5 },
  { id: 'west-african', locales: ['en_NG', 'en_GH', 'yo_NG', 'fr_SN'], share: 7 },
  { id: 'indian', locales: ['en_IN', 'own_indian'], share: 5 },
  { id: 'slavic', locales: ['hr', 'cs_CZ', 'sk', 'sl_SI', 'sr_RS_latin', 'own_russian'], share: 6 },
  { id: 'romance', locales: ['it', 'es', 'es_MX', 'pt_PT', 'pt_BR', 'fr', 'ro'], share: 9 },
  { id: 'nordic', locales: ['nl', 'sv', 'da', 'nb_NO', 'fi', 'hu'], share: 4 },
  { id: 'chinese', locales: ['own_chinese'], share: 3 }
]

/** Names that the lists hold in other scripts only. */
const own: ReadonlyMap<string, { given: readonly string[]; surname: readonly string[] }> = new Map(
  Object.entries({
    own_arabic: {
      given: words(
        `Mohammed Ahmad Ali Hassan Hussein Omar Khaled Mahmoud Youssef Ibrahim Mustafa Tariq Samir Karim Rashid Bilal Hamza
        Ziad Nabil Jamal Fadi Walid Anas Yasin Hamid Salman Faisal Abdullah Abdelkader Abdulrahman Fatima Aisha Maryam Layla
        Nour Zahra Amina Khadija Salma Yasmin Rania Hanan Samira Nadia Dina Lina Rana Huda Zeinab Sara Farah Imane Naima
        Latifa Souad Amal Reem Ghada Mona Reza Mehdi Hossein Amir Parisa Shirin Leila Farid Navid Behrouz`
      ),
      surname: words(
        `Al-Masri Al-Hassan El-Sayed Haddad Khoury Mansour Nasser Saleh Hamdan Darwish Khalil Ibrahim Hussein Ahmadi
        Benali Bouazizi Bennani Chaoui Amrani Idrissi Tazi Ziani Belkacem Boumediene Cherif Mahfouz Shaheen Qasim Aziz Rahman
        Farouk Sabbagh Najjar Hariri Jaber Othman Zaki Fawzi Tahir Hakimi Karimi Hosseini Rezaei Mohammadi Ahmadzadeh
        Tehrani Shirazi Moradi Jafari Bakri Al-Khatib Al-Rashid Abu-Bakr Suleiman Yousef Barakat Kassem Awad Hijazi`
      )
    },
    own_indian: {
      given: words(
        `Aarav Arjun Rohan Vikram Sanjay Rajesh Suresh Anil Deepak Amit Priya Anjali Kavita Sunita Pooja Neha Lakshmi Meera
        Divya Shreya Ananya Ravi Kiran Manoj Nikhil Harpreet Gurpreet Jaspreet Imran Farhan Ayesha Zara`
      ),
      surname: words(
        `Sharma Patel Singh Kumar Gupta Reddy Iyer Nair Menon Rao Banerjee Mukherjee Chatterjee Das Bose Mehta Shah Joshi
        Desai Kapoor Malhotra Chopra Khanna Agarwal Verma Mishra Pandey Pillai Krishnan Subramanian Khan Hussain`
      )
    },
    own_russian: {
      given: words(
        `Ivan Sergej Dmitri Alexej Nikolai Vladimir Andrej Mikhail Oleg Igor Yuri Boris Anastasia Natalia Olga Irina Svetlana
        Tatjana Jekaterina Oksana Ljudmila Galina Viktor Bogdan Mykola Oleksandr Volodymyr Iryna Kateryna`
      ),
      surname: words(
        `Iwanow Petrow Sidorow Smirnow Kusnezow Popow Wolkow Sokolow Lebedew Morosow Nowikow Kozlow Pavlov Fedorov Orlova
        Romanova Sorokina Kravchenko Shevchenko Bondarenko Kovalenko Tkachenko Melnyk Lysenko Savchenko Hrytsenko`
      )
    },
    own_chinese: {
      given: words(
        `Wei Jing Li Min Lei Yan Xin Hui Ying Jun Feng Ming Xiao Mei Hong Tao Bin Yu Qiang Xiaoming Meiling Jiahao Zihan
        Yichen Haoran Minjun Jiwoo Seoyeon Hyun Haruto Yuki Sakura Kenji Takumi Aiko`
      ),
      surname: words(
        `Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo Lin He Gao Luo Zheng Liang Kim Lee Park Choi
        Jung Kang Tanaka Suzuki Sato Watanabe Yamamoto Nakamura Kobayashi`
      )
    }
  })
)

function words(list: string): string[] {
  return list.split(/\s+/).filter(word => word !== '')
}

export interface Person {
  readonly given: string
  readonly surname: string
}

/** Draws names of all origins. */
export class People {
  readonly #given: NameList
  readonly #surname: NameList
  readonly #total = origins.reduce((sum, { share }) => sum + share, 0)

  constructor(given: NameList, surname: NameList) {
    this.#given = given
    this.#surname = surname
  }

  /** @param locales to draw from; null: of all origins, by their shares */
  draw(random: Random, locales: readonly string[] | null = null): Person {
    const locale = random.pick(locales ?? this.#origin(random).locales)
    const list = own.get(locale)
    const given = random.pick(list?.given ?? this.#given.get(locale) ?? [])
    let surname = random.pick(list?.surname ?? this.#surname.get(locale) ?? [])
    if (locale.startsWith('de')) {
      const chance = random.next()
      if (chance < 0.06) surname += `-${random.pick(this.#surname.get('de') ?? [])}`
      else if (chance < 0.1) surname = `${random.pick(['von', 'von der', 'zu', 'van', 'von dem'])} ${surname}`
    }
    return {
      given:
        random.next() < 0.05
          ? `${given}-${random.pick(list?.given ?? this.#given.get(locale) ?? [])}`
          : given,
      surname
    }
  }

  #origin(random: Random): (typeof origins)[number] {
    let rest = random.next() * this.#total
    for (const origin of origins) {
      rest -= origin.share
      if (rest < 0) return origin
    }
    return random.pick(origins)
  }

  /** Names of this project that the lists lack: they belong to the dictionary too. */
  static ownNames(part: 'given' | 'surname'): string[] {
    return [...own.values()].flatMap(list => [...list[part]])
  }
}
