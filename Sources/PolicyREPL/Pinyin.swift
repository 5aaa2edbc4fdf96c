import Foundation

/// How Chinese characters are spelled in Latin letters, without tones; read from Foundation when first wanted.
struct Pinyin {
  private var known: [UInt32: [[UInt32]]] = [:]

  /// The spellings of a character, the usual one first; none for characters that have no pinyin or were not learnt.
  func spellings(of scalar: UInt32) -> [[UInt32]] { scalar < 0x80 ? [] : known[scalar] ?? [] }

  /// Learns the spellings of characters, all in one call of the transform, which is slow to begin.
  mutating func learn(_ scalars: Set<UInt32>) {
    let new = scalars.filter { known[$0] == nil && (0x3400...0x9FFF).contains($0) || $0 == 0x3007 }.sorted()
    guard !new.isEmpty else { return }
    let text = new.map { String(Unicode.Scalar($0)!) }.joined(separator: "\n")
    let latin = text.applyingTransform(.mandarinToLatin, reverse: false)?.decomposedStringWithCanonicalMapping ?? ""
    for (scalar, spelling) in zip(new, latin.split(separator: "\n", omittingEmptySubsequences: false)) {
      let letters = spelling.unicodeScalars.map(\.value)
      var spellings = [letters.filter(Pinyin.isLetter)]
      // ü is typed as v or as u.
      if letters.contains(0x308) { spellings.append(spellings[0].map { $0 == 0x75 ? 0x76 : $0 }) }
      known[scalar] = spellings.filter { !$0.isEmpty }
    }
    for entry in Pinyin.others {
      guard let scalar = entry.unicodeScalars.first?.value, known[scalar] != nil else { continue }
      for other in entry.dropFirst().split(separator: "/") {
        let letters = other.unicodeScalars.map(\.value)
        if known[scalar]?.contains(letters) != true { known[scalar]!.append(letters) }
      }
    }
  }

  static func isLetter(_ scalar: UInt32) -> Bool { (0x61...0x7A).contains(scalar) }

  /// Other spellings than the one that the transform gives, for characters with several that documents use; numerals can
  /// be typed as digits, as in numbers of clauses.
  private static let others =
    """
    重chong/zhong 长chang/zhang 行hang/xing 会kuai/hui 调tiao/diao 还huan/hai 都du/dou 地di/de 得de/dei \
    传chuan/zhuan 单dan/shan 弹tan/dan 参can/shen/cen 差cha/chai 朝chao/zhao 盛sheng/cheng 曾zeng/ceng \
    降jiang/xiang 藏cang/zang 系xi/ji 给gei/ji 率lv/lu/shuai 校xiao/jiao 角jiao/jue 厦xia/sha 宿su/xiu 石shi/dan \
    模mo/mu 省sheng/xing 种zhong/chong 乐le/yue 说shuo/shui 车che/ju 仇chou/qiu 着zhe/zhao/zhuo 薄bo/bao \
    折zhe/she 提ti/di 合he/ge 贾jia/gu 解jie/xie 尉wei/yu 繁fan/po 秘mi/bi 识shi/zhi 属shu/zhu 术shu/zhu 畜chu/xu \
    殖zhi/shi 削xue/xiao 强qiang/jiang 勒le/lei 露lu/lou 落luo/la 绿lv/lu 女nv/nu 区qu/ou 血xue/xie 咽yan/ye \
    约yue/yao 择ze/zhai 扎zha/za 粘zhan/nian 什shen/shi 似si/shi 没mei/mo 泊bo/po 刨bao/pao 了le/liao 度du/duo \
    恶e/wu 否fou/pi 奇qi/ji 期qi/ji 卡ka/qia 壳ke/qiao 大da/dai 一yi/1 二er/2 三san/3 四si/4 五wu/5 六liu/6 \
    七qi/7 八ba/8 九jiu/9 十shi/10
    """.split(separator: " ")
}
