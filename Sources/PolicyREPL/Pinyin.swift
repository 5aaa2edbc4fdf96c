/// How Chinese characters are spelled in Latin letters, without tones.
struct Pinyin {
  /// The spellings of the characters that have the same ones; first those of characters without any.
  private var spellings: [[[UInt32]]] = [[]]
  /// By character: the number of its spellings.
  private var numbers = [UInt16](repeating: 0, count: Int(Pinyin.last - Pinyin.first) + 1)
  private static let first: UInt32 = 0x3007
  private static let last: UInt32 = 0x9FFF

  init() {
    var sound: [UInt32] = []
    var isRead = true
    for scalar in Pinyin.sounds.unicodeScalars.lazy.map(\.value) {
      if Pinyin.isLetter(scalar) {
        if isRead { sound = [] }
        sound.append(scalar)
        isRead = false
      } else {
        if !isRead { spellings.append(Pinyin.typed(sound)) }
        isRead = true
        numbers[Int(scalar - Pinyin.first)] = UInt16(spellings.count - 1)
      }
    }
    for entry in Pinyin.others {
      var scalars = entry.unicodeScalars.map(\.value)
      let scalar = scalars.removeFirst()
      let usual = self.spellings(of: scalar)
      let others = scalars.split(separator: 0x2F).map { Array($0) }.filter { !usual.contains($0) }
      spellings.append(usual + others)
      numbers[Int(scalar - Pinyin.first)] = UInt16(spellings.count - 1)
    }
  }

  /// The spellings of a character, the usual one first; none for characters that have no pinyin.
  func spellings(of scalar: UInt32) -> [[UInt32]] {
    (Pinyin.first...Pinyin.last).contains(scalar) ? spellings[Int(numbers[Int(scalar - Pinyin.first)])] : []
  }

  /// A sound as it may be typed: ü as u or as v.
  private static func typed(_ sound: [UInt32]) -> [[UInt32]] {
    sound.contains(0x76) ? [sound.map { $0 == 0x76 ? 0x75 : $0 }, sound] : [sound]
  }

  static func isLetter(_ scalar: UInt32) -> Bool { (0x61...0x7A).contains(scalar) }

  /// Further spellings of characters with several sounds that documents use; numerals can be typed as digits, as in numbers of
  /// clauses.
  private static let others =
    """
    重chong/zhong 长chang/zhang 行hang/xing 会kuai/hui 调tiao/diao 还huan/hai 都du/dou 地di/de 得de/dei \
    传chuan/zhuan 单dan/shan 弹tan/dan 参can/shen/cen 差cha/chai 朝chao/zhao 盛sheng/cheng 曾zeng/ceng \
    降jiang/xiang 藏cang/zang 系xi/ji 给gei/ji 率lv/lu/shuai 校xiao/jiao 角jiao/jue 厦xia/sha 宿su/xiu 石shi/dan \
    模mo/mu 省sheng/xing 种zhong/chong 乐le/yue 说shuo/shui 车che/ju 仇chou/qiu 着zhe/zhao/zhuo 薄bo/bao \
    折zhe/she 提ti/di 合he/ge 贾jia/gu 解jie/xie 尉wei/yu 繁fan/po 秘mi/bi 识shi/zhi 属shu/zhu 术shu/zhu 畜chu/xu \
    殖zhi/shi 削xue/xiao 强qiang/jiang 勒le/lei 露lu/lou 落luo/la 绿lv/lu 女nv/nu 区qu/ou 血xue/xie 咽yan/ye \
    约yue/yao 择ze/zhai 扎zha/za 粘zhan/nian 什shen/shi 似si/shi 没mei/mo 泊bo/po 刨bao/pao 了le/liao 度du/duo \
    恶e/wu 否fou/pi 奇qi/ji 期qi/ji 卡ka/qia 壳ke/qiao 大da/dai 〇ling/0 一yi/1 二er/2 三san/3 四si/4 五wu/5 六liu/6 \
    七qi/7 八ba/8 九jiu/9 十shi/10
    """.split(separator: " ")
}
